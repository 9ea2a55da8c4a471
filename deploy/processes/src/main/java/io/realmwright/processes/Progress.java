package io.realmwright.processes;

import java.io.PrintStream;

/** Tells the person at the terminal what is going on: one line for each thing, with the seconds it took. */
public final class Progress {
    private final PrintStream out;
    private final long startNanos = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    public void say(String sentence) {
        out.printf("%6.1f s  %s%n", (System.nanoTime() - startNanos) / 1e9, sentence);
        out.flush();
    }
}
