const KEY = 'realmwright.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Told `change` when colours are others, for what draws them itself. */
export const theme = new EventTarget();

/** Shows the scheme of the system until the button chooses one, which is remembered in this browser. */
export function startTheme(button) {
  const current = () => localStorage.getItem(KEY) ?? (system.matches ? 'dark' : 'light');
  const apply = () => {
    document.documentElement.dataset.theme = current();
    button.textContent = current() === 'dark' ? '☀ Light' : '☾ Dark';
    theme.dispatchEvent(new Event('change'));
  };
  button.addEventListener('click', () => {
    localStorage.setItem(KEY, current() === 'dark' ? 'light' : 'dark');
    apply();
  });
  system.addEventListener('change', apply);
  apply();
}

/** The value of a colour of `base.css`. */
export const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
