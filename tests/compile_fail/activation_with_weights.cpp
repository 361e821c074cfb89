// expect-error: layer_with_weights_is_a_member<tenon::LayerIndex<1>, tenon::Dense<8, tenon::Dense<8>
// An activation has no weights: those of a layer in its place would be the kernel and the bias of the layer around it.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<8, tn::Dense<8>>> {};
#else
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<8>, tn::Dense<8>> {};
#endif
static_assert(tn::parameter_count<Net> == 144);
