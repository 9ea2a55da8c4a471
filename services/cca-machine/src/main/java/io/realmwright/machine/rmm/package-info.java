/**
 * The simulated RMM: everything that an SMC reaches. {@link io.realmwright.machine.rmm.Rmm#smc} is the one door, with
 * the raw register ABI; each family of commands is a class of its own that checks first and changes state last.
 *
 * <p>Only plain arrays and register words are touched on the call path. Behaviour: docs/model.
 */
package io.realmwright.machine.rmm;
