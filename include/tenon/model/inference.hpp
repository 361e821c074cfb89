// Prediction of one sample at a time, for loops that may not wait.
#pragma once

namespace tenon {}
