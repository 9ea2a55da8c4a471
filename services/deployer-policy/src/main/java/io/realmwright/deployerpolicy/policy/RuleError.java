package io.realmwright.deployerpolicy.policy;

/**
 * A mistake in a rule's expression.
 *
 * @param field the expression's path, for example {@code rules[0].when}
 * @param line from 1
 * @param column from 1
 */
public record RuleError(String field, String message, int line, int column) {}
