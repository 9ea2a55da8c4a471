package io.realmwright.hostagent.machine;

import io.realmwright.machine.host.RealmVm;

/** A realm that is on the machine, with the recorder that its RMI calls are traced to. */
public record LiveRealm(RealmVm vm, TraceRecorder trace) {}
