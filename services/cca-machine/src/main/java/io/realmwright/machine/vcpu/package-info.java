/** Runs guest programs on the vCPUs of the simulated machine, one trap after the other. */
package io.realmwright.machine.vcpu;
