/** What must hold before the service answers anybody: a start that would be quietly unsafe is refused. */
@NullMarked
package io.realmwright.hostagent.start;

import org.jspecify.annotations.NullMarked;
