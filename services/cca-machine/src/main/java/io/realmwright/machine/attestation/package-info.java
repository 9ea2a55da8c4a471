/** What the RMM asks of the firmware below it when a realm wants to prove what it is. */
package io.realmwright.machine.attestation;
