package io.realmwright.deployerpolicy.grant;

/** The tokens by which this service makes itself known to agents. */
public interface ServiceTokens {
    /**
     * A token that is good for a while yet.
     *
     * @param agentName the one agent that is to take it
     */
    String forAgent(String agentName);
}
