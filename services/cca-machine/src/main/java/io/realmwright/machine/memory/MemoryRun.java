package io.realmwright.machine.memory;

import io.realmwright.machine.spec.IpaRange;

/**
 * A run of IPAs of equal state.
 *
 * @param hipas {@code UNASSIGNED}, {@code ASSIGNED}, {@code UNASSIGNED_NS} or {@code ASSIGNED_NS}
 * @param ripas {@code EMPTY}, {@code RAM}, {@code DESTROYED}, or {@code NONE} in the unprotected half
 */
public record MemoryRun(IpaRange range, String hipas, String ripas) {}
