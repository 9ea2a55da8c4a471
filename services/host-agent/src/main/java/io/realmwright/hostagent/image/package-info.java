/** Images by digest. */
@NullMarked
package io.realmwright.hostagent.image;

import org.jspecify.annotations.NullMarked;
