/** The command line of the machine: {@code java -jar cca-machine.jar}. */
package io.realmwright.machine.cli;
