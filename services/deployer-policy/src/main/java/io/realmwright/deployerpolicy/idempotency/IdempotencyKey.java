package io.realmwright.deployerpolicy.idempotency;

/** A client's key for one creating request; it belongs to an operation, such as {@code POST /v1/realms}. */
public record IdempotencyKey(String operation, String value) {}
