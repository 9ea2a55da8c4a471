package io.realmwright.hostagent.grant;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The deployer's public keys, from a JWKS file that may be replaced at any time: keys come and go with it. */
final class GrantKeys {
    private final Path file;
    private FileTime readFrom;
    private Map<String, ECKey> byId;

    /** @throws IOException if the file cannot be read or holds anything but public P-256 keys with ids */
    GrantKeys(Path file) throws IOException {
        this.file = file;
        this.readFrom = Files.getLastModifiedTime(file);
        this.byId = read(file);
    }

    /** @throws IOException if the file was replaced by one that cannot be used: then no key is trusted */
    synchronized Optional<ECKey> find(String keyId) throws IOException {
        var modified = Files.getLastModifiedTime(file);
        if (!modified.equals(readFrom)) {
            byId = read(file);
            readFrom = modified;
        }
        return Optional.ofNullable(byId.get(keyId));
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
