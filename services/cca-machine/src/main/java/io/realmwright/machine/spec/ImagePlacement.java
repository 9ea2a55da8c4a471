package io.realmwright.machine.spec;

/**
 * An image that the host copies into the realm before activation.
 *
 * @param sha256 the digest that names the image, 64 lower-case hexadecimal digits
 * @param ipa where its first byte goes, granule aligned; the last granule is padded with zeros
 * @param measured whether the deployer asks that its contents enter the RIM (its addresses always do)
 */
public record ImagePlacement(String sha256, Ipa ipa, boolean measured) {}
