/** The deployer-policy service. Features have a package each; their adapters sit in sub-packages named by technology. */
@NullMarked
package io.realmwright.deployerpolicy;

import org.jspecify.annotations.NullMarked;
