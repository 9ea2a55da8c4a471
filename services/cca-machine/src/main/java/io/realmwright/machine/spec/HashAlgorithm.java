package io.realmwright.machine.spec;

import java.util.Locale;

/** How a realm is measured (RmiHashAlgorithm). */
public enum HashAlgorithm {
    SHA_256(0, "SHA-256", 32),
    SHA_512(1, "SHA-512", 64),
    /** Accepted by the RMM 2.0 reference although its feature register does not advertise it. */
    SHA_384(2, "SHA-384", 48);

    private final int code;
    private final String jcaName;
    private final int sizeBytes;

    HashAlgorithm(int code, String jcaName, int sizeBytes) {
        this.code = code;
        this.jcaName = jcaName;
        this.sizeBytes = sizeBytes;
    }

    /** The encoding in RmiRealmParams. */
    public int code() {
        return code;
    }

    public String jcaName() {
        return jcaName;
    }

    /** As IANA's registry of named information has it, from which tokens and reference values take their names. */
    public String registeredName() {
        return jcaName.toLowerCase(Locale.ROOT);
    }

    /** The length of a digest. */
    public int sizeBytes() {
        return sizeBytes;
    }
}
