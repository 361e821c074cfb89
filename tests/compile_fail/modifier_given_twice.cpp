// expect-error: each_modifier_is_given_once<tenon::ClipNorm, tenon::WeightDecay, tenon::ClipNorm>
// A modifier has one set of numbers.
#include <tenon/optimizers/adam.hpp>
#include <tenon/optimizers/modifiers/clip_norm.hpp>
#include <tenon/optimizers/modifiers/weight_decay.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
[[maybe_unused]] const auto optimizer = tn::with(tn::Adam{}, tn::ClipNorm{1.f}, tn::WeightDecay{0.1f}, tn::ClipNorm{2.f});
#else
[[maybe_unused]] const auto optimizer = tn::with(tn::Adam{}, tn::ClipNorm{1.f}, tn::WeightDecay{0.1f});
#endif
