/** How the domain is written as JSON: strict reading that names every wrong field, and writing of the same form. */
@NullMarked
package io.realmwright.hostagent.json;

import org.jspecify.annotations.NullMarked;
