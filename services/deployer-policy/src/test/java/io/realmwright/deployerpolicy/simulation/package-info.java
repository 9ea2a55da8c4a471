/**
 * A deterministic simulation of everything around the control plane: clock, database, network, agents, operators and
 * processes that die. What is simulated is the world; reconciler, placement, hosts and quotas are the real ones. All of
 * it is drawn from one seed.
 */
@org.jspecify.annotations.NullMarked
package io.realmwright.deployerpolicy.simulation;
