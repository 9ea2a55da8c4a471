/** The host-agent service: a package for each feature, and in each its adapters named by technology. */
@NullMarked
package io.realmwright.hostagent;

import org.jspecify.annotations.NullMarked;
