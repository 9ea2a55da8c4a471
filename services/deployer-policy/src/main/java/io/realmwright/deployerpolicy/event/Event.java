package io.realmwright.deployerpolicy.event;

/**
 * A happening and its place in the stream.
 *
 * @param id one more than that of the event before it
 */
public record Event(long id, Happening happening) {}
