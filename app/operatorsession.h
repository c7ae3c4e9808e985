// The operator of a headless command: named by --operator, with a password that never stands on the command line.
#pragma once

#include "app/commandline.h"
#include "engine/access/signin.h"

namespace affinity::app {

/// Signs in who --operator names; the password comes from AFFINITY_OPERATOR_PASSWORD, or is typed without echo. Errors:
/// Refused, of the password; the store's.
base::Result<access::Session> signInOperator(const CommandLine& line, store::Store& store);

} // namespace affinity::app
