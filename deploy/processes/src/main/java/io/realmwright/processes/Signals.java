package io.realmwright.processes;

import java.io.IOException;

/** Signals for which Java has no method. */
public final class Signals {
    private Signals() {}

    /** Sends a signal by its name without SIG, for example {@code STOP}. */
    public static void send(String signal, long pid) {
        try {
            int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new LocalRunException("kill -" + signal + " " + pid + " exits with " + status);
            }
        } catch (IOException e) {
            throw new LocalRunException("there is no kill command: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalRunException("interrupted", e);
        }
    }
}
