/** Memory of a realm as a host can see it. */
package io.realmwright.machine.memory;
