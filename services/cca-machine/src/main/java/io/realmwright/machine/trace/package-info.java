/** Traces: every RMI and RSI call with arguments and results as JSON lines; written, read and replayed. */
package io.realmwright.machine.trace;
