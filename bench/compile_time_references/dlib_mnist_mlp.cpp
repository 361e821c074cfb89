// dlib, with its library: 512 and 512 with dropout, 10; one step of Adam. Its dropout's rate is a number of the object.
#include <dlib/dnn.h>

#include <vector>

template <class Below>
using Hidden = dlib::dropout<dlib::relu<dlib::fc<512, Below>>>;

using Net = dlib::loss_multiclass_log<dlib::fc<10, Hidden<Hidden<dlib::input<dlib::matrix<float>>>>>>;

int main() {
  dlib::matrix<float> image(28, 28);
  image = 1;
  const std::vector<dlib::matrix<float>> x(128, image);
  const std::vector<unsigned long> y(128, 0);
  Net net;
  dlib::layer<2>(net).layer_details() = dlib::layer<5>(net).layer_details() = dlib::dropout_(0.2f);
  dlib::dnn_trainer<Net, dlib::adam> trainer(net, dlib::adam(0, 0.9f, 0.999f));
  trainer.set_learning_rate(0.001);
  trainer.train_one_step(x, y);
  trainer.get_net();
  return net(x).size() == 128 ? 0 : 1;
}
