package org.pocketsocket.launcher;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** What the JVM does with memory that nobody uses: by default it keeps it until the next collection, which may never come. */
final class Heap {

    /** When nothing was collected for a minute, collect, beside the application; of what is free then, keep a third. */
    private static final Map<String, String> THRIFTY =
            Map.of("G1PeriodicGCInterval", "60000", "MinHeapFreeRatio", "10", "MaxHeapFreeRatio", "30");

    private Heap() {}

    /** Lets a server that rests give memory back to the system. What was asked for on the command line stays. */
    static void giveBackWhenIdle() {
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm != null) { // another JVM than HotSpot
            THRIFTY.forEach((option, value) -> set(jvm, option, value));
        }
    }

    private static void set(HotSpotDiagnosticMXBean jvm, String option, String value) {
        try {
            if (jvm.getVMOption(option).getOrigin() == Origin.DEFAULT) {
                jvm.setVMOption(option, value);
            }
        } catch (IllegalArgumentException e) {
            return; // another collector, or another JDK: as it was
        }
    }
}
