package io.realmwright.machine.spec;

/**
 * One thing wrong with a request.
 *
 * @param field where, as a path in the request: {@code memslots[1].base}
 * @param message what, in one sentence for people
 */
public record Violation(String field, String message) {}
