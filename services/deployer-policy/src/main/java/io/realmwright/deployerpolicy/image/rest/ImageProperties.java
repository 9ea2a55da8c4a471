package io.realmwright.deployerpolicy.image.rest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Limits of images.
 *
 * @param maxSize of an uploaded image
 */
@ConfigurationProperties("realmwright.image")
record ImageProperties(DataSize maxSize) {}
