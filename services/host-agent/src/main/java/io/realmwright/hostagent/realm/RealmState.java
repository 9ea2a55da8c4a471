package io.realmwright.hostagent.realm;

/**
 * Where a realm is in its life.
 *
 * <pre>
 * LAUNCHING ──► ACTIVE ──► RUNNING ──► STOPPED
 *     │            └──────────────────────▲
 *     └──► FAILED           LAUNCHING, ACTIVE, RUNNING ──► LOST
 * </pre>
 */
public enum RealmState {
    /** The launch is recorded and the machine is at it. */
    LAUNCHING,
    /** RMI_REALM_ACTIVATE is done and no vCPU has run. */
    ACTIVE,
    /** It was run, and keeps its granules whatever the outcome was: a host does not see every death of a guest. */
    RUNNING,
    /** It was torn down on request. */
    STOPPED,
    /** The launch failed and was torn down again. */
    FAILED,
    /** Its machine lost power. */
    LOST
}
