/**
 * How fast the machine is, beside the reference RMM: the operations, and the measuring that {@code cca-machine.jar bench}
 * and the JMH module share. The one package with a clock.
 */
package io.realmwright.machine.bench;
