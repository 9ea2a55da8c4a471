package io.realmwright.deployerpolicy.grant.jose;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import io.realmwright.deployerpolicy.grant.ServiceTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * JWTs signed with the key that signs grants, which agents know already. Their type keeps the two apart (RFC 8725, 3.11).
 * A token serves many calls to its agent and is renewed at half of its life, so that clocks may differ a little.
 */
@Component
final class JoseServiceTokens implements ServiceTokens {
    private static final JOSEObjectType TYPE = new JOSEObjectType("realmwright-service+jwt");
    private static final String ISSUER = "deployer-policy";
    private static final String SCOPES = "realm:read realm:write";
    private static final Duration LIFE = Duration.ofSeconds(60);

    private final GrantKeyFile file;
    private final Clock clock;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    JoseServiceTokens(GrantKeyFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    private record Token(String compact, Instant renewAt) {}

    @Override
    public String forAgent(String agentName) {
        Instant now = clock.instant();
        return tokens.compute(
                        agentName,
                        (name, known) -> known != null && now.isBefore(known.renewAt()) ? known : sign(name, now))
                .compact();
    }

    private Token sign(String agentName, Instant now) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(ISSUER)
                .audience(agentName)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .claim("scope", SCOPES)
                .build();
        return new Token(file.sign(TYPE, claims), now.plus(LIFE.dividedBy(2)));
    }
}
