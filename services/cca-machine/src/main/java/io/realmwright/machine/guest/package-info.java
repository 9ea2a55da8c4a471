/** What runs inside a realm: programs of steps, and the named profiles that are nothing but such programs. */
package io.realmwright.machine.guest;
