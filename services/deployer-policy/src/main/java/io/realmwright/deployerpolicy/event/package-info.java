/** What happened to realms and hosts, as one stream in which every reader sees the same events in the same order. */
@NullMarked
package io.realmwright.deployerpolicy.event;

import org.jspecify.annotations.NullMarked;
