/** What enters a realm's RIM, for whoever wants to explain one. */
package io.realmwright.machine.rim;
