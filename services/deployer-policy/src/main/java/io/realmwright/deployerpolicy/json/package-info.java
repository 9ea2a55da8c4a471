/** Reading and writing JSON documents, with a path for everything that is wrong. */
@NullMarked
package io.realmwright.deployerpolicy.json;

import org.jspecify.annotations.NullMarked;
