package io.realmwright.hostagent.grant;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The deployer's public keys, from a JWKS file that may be replaced at any time: keys come and go with it. */
public final class GrantKeys {
    private final Path file;
    private FileTime readFrom;
    private Map<String, ECKey> byId;

    /** @throws IOException if the file cannot be read or holds anything but public P-256 keys with ids */
    public GrantKeys(Path file) throws IOException {
        this.file = file;
        this.readFrom = Files.getLastModifiedTime(file);
        this.byId = read(file);
    }

    /** @throws IOException if the file was replaced by one that cannot be used: then no key is trusted */
    synchronized Optional<ECKey> find(String keyId) throws IOException {
        refresh();
        return Optional.ofNullable(byId.get(keyId));
    }

    /**
     * The keys whose time it is.
     *
     * @throws KeySourceException if the file was replaced by one that cannot be used: then no key is trusted
     */
    public synchronized JWKSet validAt(Instant now, Duration skew) throws KeySourceException {
        try {
            refresh();
        } catch (IOException e) {
            throw new KeySourceException("the file of grant keys cannot be read", e);
        }
        return new JWKSet(byId.values().stream()
                .filter(key -> isValid(key, now, skew))
                .<JWK>map(key -> key)
                .toList());
    }

    /** Keys may have a time, so that a new one is known before it is used and an old one ends by itself. */
    static boolean isValid(ECKey key, Instant now, Duration skew) {
        boolean begun = key.getNotBeforeTime() == null
                || !key.getNotBeforeTime().toInstant().isAfter(now.plus(skew));
        boolean goesOn = key.getExpirationTime() == null
                || key.getExpirationTime().toInstant().isAfter(now.minus(skew));
        return begun && goesOn;
    }

    private void refresh() throws IOException {
        var modified = Files.getLastModifiedTime(file);
        if (!modified.equals(readFrom)) {
            byId = read(file);
            readFrom = modified;
        }
    }

    synchronized int size() {
        return byId.size();
    }

    private static Map<String, ECKey> read(Path file) throws IOException {
        var keys = new HashMap<String, ECKey>();
        for (JWK key : parse(file).getKeys()) {
            if (!(key instanceof ECKey ec) || !ec.getCurve().equals(Curve.P_256) || ec.getKeyID() == null) {
                throw new IOException(file + " holds a key that is not a P-256 key with a key id");
            }
            if (ec.isPrivate()) {
                throw new IOException(file + " holds a private key; a host must never have one");
            }
            keys.put(ec.getKeyID(), ec);
        }
        if (keys.isEmpty()) {
            throw new IOException(file + " holds no keys");
        }
        return Map.copyOf(keys);
    }

    private static JWKSet parse(Path file) throws IOException {
        try {
            return JWKSet.parse(Files.readString(file));
        } catch (ParseException e) {
            throw new IOException(file + " is not a JWKS", e);
        }
    }
}
