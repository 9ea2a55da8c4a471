package io.realmwright.deployerpolicy.grant.jose;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys that sign grants, each in its time. Their times may overlap, so that a new one is known before it is used. */
record GrantKeys(List<ECKey> keys) {
    GrantKeys {
        keys = List.copyOf(keys);
    }

    /**
     * The keys, if they will do.
     *
     * @throws UnusableKeysException if there is none, or one that cannot sign grants or be told from the others
     */
    static GrantKeys of(List<JWK> keys) throws UnusableKeysException {
        var ids = new HashSet<String>();
        for (JWK key : keys) {
            if (!(key instanceof ECKey ec) || !ec.isPrivate() || !Curve.P_256.equals(ec.getCurve())) {
                throw new UnusableKeysException("holds a key that is no private P-256 key");
            }
            if (key.getKeyID() == null || !ids.add(key.getKeyID())) {
                throw new UnusableKeysException("holds a key without a kid of its own");
            }
        }
        if (keys.isEmpty()) {
            throw new UnusableKeysException("holds no key");
        }
        return new GrantKeys(keys.stream().map(ECKey.class::cast).toList());
    }

    /** The key that signs now: of those that are valid the one that became so last. */
    Optional<ECKey> signing(Instant now) {
        return keys.stream()
                .filter(key -> !begin(key).isAfter(now) && end(key).isAfter(now))
                .max(Comparator.comparing(GrantKeys::begin));
    }

    private static Instant begin(ECKey key) {
        return instant(key.getNotBeforeTime(), Instant.MIN);
    }

    private static Instant end(ECKey key) {
        return instant(key.getExpirationTime(), Instant.MAX);
    }

    private static Instant instant(@Nullable Date date, Instant otherwise) {
        return date == null ? otherwise : date.toInstant();
    }

    /** All public keys, those of the past and of the future too: old grants are to be verified, and new ones soon. */
    String publicKeys() {
        return new JWKSet(keys.stream().<JWK>map(ECKey::toPublicJWK).toList()).toString();
    }

    /** Why a file of keys will not do. */
    static final class UnusableKeysException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableKeysException(String reason) {
            super(reason);
        }

        UnusableKeysException(String reason, Exception cause) {
            super(reason, cause);
        }
    }
}
