// Labels that are less sure.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon::detail {

/// y · (1 - smoothing) + smoothing · elsewhere: a part of each label is spread evenly. One product and two sums in the loop of the loss; y itself if smoothing is 0.
constexpr Symbol smooth_labels(Symbol y, Symbol smoothing, double elsewhere) { return y + smoothing * (elsewhere - y); }

}  // namespace tenon::detail
