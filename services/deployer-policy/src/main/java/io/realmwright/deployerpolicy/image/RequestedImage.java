package io.realmwright.deployerpolicy.image;

import io.realmwright.machine.spec.Ipa;

/** An image of a realm as its deployer names it. */
public sealed interface RequestedImage {
    /** Where its first byte goes, granule aligned. */
    Ipa ipa();

    /** Whether the deployer asks that its contents enter the RIM. */
    boolean measured();

    /** An image that was uploaded, by its SHA-256 of 64 lower-case hexadecimal digits. */
    record Uploaded(String sha256, Ipa ipa, boolean measured) implements RequestedImage {}

    /** An image that the service makes itself, visibly an example. */
    record Generated(GeneratedImage content, Ipa ipa, boolean measured) implements RequestedImage {}
}
