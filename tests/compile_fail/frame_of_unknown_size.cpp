// expect-error: frame_has_its_size_in_its_type<Net, (const )?std::.*vector
// How many elements a vector has is not known while compiling; its data() is a pointer, which is trusted.
#include <vector>

#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/inference.hpp>
#include <tenon/model/sequential.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<tn::Input<8>, tn::Dense<1>> {};

void use(tn::Inference<Net, tn::Reference>& net, const std::vector<float>& in, float* out) {
#ifdef TENON_EXPECT_COMPILE_ERROR
  net(in, out);
#else
  net(in.data(), out);
#endif
}
