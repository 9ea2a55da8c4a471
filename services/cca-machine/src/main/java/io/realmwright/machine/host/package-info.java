/** A KVM-like host: memslots, populate, the activate path by UABI profile, the vCPU run loop and teardown. */
package io.realmwright.machine.host;
