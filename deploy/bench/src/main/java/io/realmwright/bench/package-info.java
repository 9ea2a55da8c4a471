/** Measurements of the services on this machine, each beside something that everybody knows. */
@NullMarked
package io.realmwright.bench;

import org.jspecify.annotations.NullMarked;
