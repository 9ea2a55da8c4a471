/** Labels as one line of text. @param {Record<string, string>} labels */
export const labelsText = labels => Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(' ');

/**
 * Reads labels from a line of text; what is not written key=value is added to the errors.
 *
 * @param {string} text @param {string} field @param {{field: string, message: string}[]} errors
 */
export function readLabels(text, field, errors) {
  const pairs = text.split(/[\s,]+/).filter(Boolean);
  const wrong = pairs.find(pair => pair.indexOf('=') < 1);
  if (wrong) {
    errors.push({ field, message: `${wrong} is not written key=value` });
  }
  return Object.fromEntries(pairs.map(pair => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]));
}
