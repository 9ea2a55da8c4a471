/** What goes wrong with a machine: on purpose, at exactly the call that a plan names, or because the machine is wrong. */
package io.realmwright.machine.fault;
