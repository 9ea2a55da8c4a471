/** What a deployer asks for: the realm's shape, who declares its initial memory, and the plan a host carries out. */
package io.realmwright.machine.spec;
