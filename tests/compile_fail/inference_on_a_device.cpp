// expect-error: backend_of_inference_computes_in_host_memory<Net, Remote>
// Inference reads and writes the frames of its caller; a backend with a device of its own cannot.
#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/inference.hpp>

namespace tn = tenon;

struct Away : tn::Device {};
struct Remote : tn::Reference {
  using Device = Away;
};
struct Net : tn::Sequential<tn::Input<8>, tn::Dense<2>> {};

#ifdef TENON_EXPECT_COMPILE_ERROR
using Backend = Remote;
#else
using Backend = tn::Reference;
#endif
void use(tn::Inference<Net, Backend>& net) {
  float in[8]{}, out[2]{};
  net(in, out);
}
