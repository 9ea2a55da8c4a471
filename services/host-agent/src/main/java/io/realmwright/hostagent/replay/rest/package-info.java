/** Replays over REST. */
@NullMarked
package io.realmwright.hostagent.replay.rest;

import org.jspecify.annotations.NullMarked;
