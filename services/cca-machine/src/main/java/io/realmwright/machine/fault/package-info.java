/** Faults that a machine suffers on purpose, at exactly the call that a plan names. */
package io.realmwright.machine.fault;
