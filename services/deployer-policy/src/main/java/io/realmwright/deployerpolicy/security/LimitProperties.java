package io.realmwright.deployerpolicy.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often callers are served.
 *
 * @param requests of one caller: whom a token names, or an address where nobody is asked for one
 * @param refusals for lack of a good token or of a scope, told to one address; more are told less
 * @param callersMax so many callers are told apart; of more, those seen least lately are forgotten
 */
@ConfigurationProperties("realmwright.limit")
record LimitProperties(
        Rate requests,
        Rate refusals,
        @DefaultValue("100000") int callersMax) {
    /**
     * A rate.
     *
     * @param perSecond what comes to a caller again in a second
     * @param burst what a caller who was quiet has at once
     */
    record Rate(int perSecond, int burst) {
        Rate {
            if (perSecond < 1 || burst < 1) {
                throw new IllegalArgumentException("A rate has at least 1 per second and a burst of at least 1.");
            }
        }
    }
}
