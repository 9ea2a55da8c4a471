/**
 * What the reference says, written down a second time for tests: naive, slow, and without any class of the machine
 * that it judges.
 */
package io.realmwright.machine.oracle;
