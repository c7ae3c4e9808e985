// Nothing: the targets of this file own the precompiled headers of the test programs.
