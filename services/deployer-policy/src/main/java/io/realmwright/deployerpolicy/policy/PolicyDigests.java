package io.realmwright.deployerpolicy.policy;

/** Names a policy's content by a digest. */
public interface PolicyDigests {
    /** SHA-256 of the content's canonical JSON text, 64 lower-case hexadecimal digits. */
    String of(PolicyContent content);
}
