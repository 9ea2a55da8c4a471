package io.realmwright.deployerpolicy.realm;

/**
 * What whoever works on a realm has to keep in mind.
 *
 * @param wishes how often somebody wanted the realm worked on
 * @param generation of what is wanted of it
 * @param observedGeneration the generation that was last acted on
 * @param attempts how many calls in a row got no clear answer
 */
public record Attention(long wishes, long generation, long observedGeneration, int attempts) {}
